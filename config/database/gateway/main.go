// Gateway speaks MongoDB's wire protocol on loopback and keeps the documents in PostgreSQL.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/FerretDB/FerretDB/v2/ferretdb"
	"github.com/FerretDB/wire/wireclient"
)

const (
	portsTried = 200
	// A busy machine may take its time; a gateway that is not there refuses at once.
	pingPatience = 10 * time.Second
)

func main() {
	postgres := flag.String("postgres", "", "PostgreSQL URL")
	state := flag.String("state", "", "directory for the gateway's own state")
	port := flag.Int("port", 27117, "first port to try")
	portFile := flag.String("port-file", "", "file that receives the port in use")
	ping := flag.Int("ping", 0, "only ask the gateway on this port whether the database answers")
	flag.Parse()

	var err error
	if *ping != 0 {
		err = askWhetherAlive(*ping)
	} else {
		err = serve(*postgres, *state, *port, *portFile)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(postgres, state string, port int, portFile string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	telemetry := false
	var gateway *ferretdb.FerretDB
	for last := port + portsTried; gateway == nil; port++ {
		if port > last {
			return fmt.Errorf("no free port between %d and %d", last-portsTried, last)
		}
		if !isFree(port) {
			continue
		}
		var err error
		gateway, err = ferretdb.New(&ferretdb.Config{
			PostgreSQLURL: postgres,
			ListenAddr:    loopback(port),
			StateDir:      state,
			LogLevel:      slog.LevelError,
			LogOutput:     os.Stdout,
			Telemetry:     &telemetry,
		})
		// Another process may have taken the port since it was looked at.
		if err != nil && isFree(port) {
			return err
		}
	}

	go tellPort(gateway, portFile)
	gateway.Run(ctx)
	return nil
}

func isFree(port int) bool {
	listener, err := net.Listen("tcp", loopback(port))
	if err != nil {
		return false
	}
	return listener.Close() == nil
}

func loopback(port int) string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}

func tellPort(gateway *ferretdb.FerretDB, file string) {
	uri, err := url.Parse(gateway.MongoDBURI())
	if err == nil {
		err = os.WriteFile(file+".new", []byte(uri.Port()+"\n"), 0o644)
	}
	if err == nil {
		err = os.Rename(file+".new", file)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func askWhetherAlive(port int) error {
	ctx, cancel := context.WithTimeout(context.Background(), pingPatience)
	defer cancel()

	conn, err := wireclient.Connect(ctx, "mongodb://"+loopback(port)+"/", slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Ping(ctx)
}
