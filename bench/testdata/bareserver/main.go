// Command bareserver is the least that serves a document over HTTP: what
// "grantwalk serve" is measured beside.
package main

import (
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	server := &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"issuer":"http://127.0.0.1"}`)
	})}
	_, _ = io.WriteString(os.Stdout, "http://"+listener.Addr().String()+"\n")
	log.Fatal(server.Serve(listener))
}
