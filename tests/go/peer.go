// Peer verifies a log of ours with the code that verifies Go's own checksum database.
//
// Usage: peer FOLDER, where FOLDER is laid out as a log is served (checkpoint, vkey, tile/...) and
// holds a receipt (receipt.tlog-proof) and a proof of growth (growth: old size, old root, hashes).
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Tiles of 256 hashes. Go writes this height into a tile's path; C2SP does not.
const height = 8

type folder string

func (f folder) read(name string) []byte {
	data, err := os.ReadFile(filepath.Join(string(f), name))
	must("read "+name, err)
	return data
}

func (f folder) Height() int { return height }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func must(what string, err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "peer: %s: %v\n", what, err)
		os.Exit(1)
	}
}

func number(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	must("number", err)
	return value
}

func hash(text string) tlog.Hash {
	value, err := tlog.ParseHash(text)
	must("hash", err)
	return value
}

func hashes(lines []string) []tlog.Hash {
	var all []tlog.Hash
	for _, line := range lines {
		all = append(all, hash(line))
	}
	return all
}

// openCheckpoint verifies the log's signature and reads the three lines.
func openCheckpoint(raw []byte, vkey string) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	must("vkey", err)
	opened, err := note.Open(raw, note.VerifierList(verifier))
	must("checkpoint", err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		must("checkpoint", fmt.Errorf("lines are %q", lines))
	}
	return tlog.Tree{N: number(lines[1]), Hash: hash(lines[2])}
}

// checkEntries compares every entry with the hash that authenticated tiles give for it.
func checkEntries(f folder, tree tlog.Tree, reader tlog.HashReader) {
	for first := int64(0); first < tree.N; first += 256 {
		path := strings.Replace(tlog.Tile{H: height, L: 0, N: first / 256, W: 256}.Path(), "tile/8/0", "tile/entries", 1)
		width := tree.N - first
		if width < 256 {
			path += fmt.Sprintf(".p/%d", width)
		}
		bundle := f.read(path)
		for i := first; len(bundle) > 0; i++ {
			size := int(binary.BigEndian.Uint16(bundle))
			stored, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, i)})
			must("tiles", err)
			if tlog.RecordHash(bundle[2:2+size]) != stored[0] {
				must("bundle", fmt.Errorf("entry %d is another", i))
			}
			bundle = bundle[2+size:]
		}
	}
}

func checkReceipt(f folder, vkey string, reader tlog.HashReader) {
	text := string(f.read("receipt.tlog-proof"))
	parts := strings.SplitN(text, "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must("receipt", err)
	index := number(strings.TrimPrefix(lines[2], "index "))
	proof := tlog.RecordProof(hashes(lines[3:]))
	tree := openCheckpoint([]byte(parts[1]), vkey)
	must("receipt", tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))

	own, err := tlog.ProveRecord(tree.N, index, reader)
	must("inclusion", err)
	if fmt.Sprint(own) != fmt.Sprint(proof) {
		must("inclusion", fmt.Errorf("our path is not Go's"))
	}
}

func checkGrowth(f folder, tree tlog.Tree, reader tlog.HashReader) {
	lines := strings.Split(string(bytes.TrimRight(f.read("growth"), "\n")), "\n")
	old := tlog.Tree{N: number(lines[0]), Hash: hash(lines[1])}
	proof := tlog.TreeProof(hashes(lines[2:]))
	must("growth", tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))

	own, err := tlog.ProveTree(tree.N, old.N, reader)
	must("growth", err)
	if fmt.Sprint(own) != fmt.Sprint(proof) {
		must("growth", fmt.Errorf("our proof is not Go's"))
	}
}

func main() {
	f := folder(os.Args[1])
	vkey := strings.TrimSuffix(string(f.read("vkey")), "\n")
	tree := openCheckpoint(f.read("checkpoint"), vkey)
	reader := tlog.TileHashReader(tree, f)
	checkEntries(f, tree, reader)
	checkReceipt(f, vkey, reader)
	checkGrowth(f, tree, reader)
	fmt.Printf("peer: %d entries, receipt and growth agree\n", tree.N)
}
