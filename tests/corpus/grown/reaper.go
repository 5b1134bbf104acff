// Copyright 2025 The Halyard Authors.
//
// Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with the
// License. Unless required by applicable law or agreed to in writing, software distributed under the License is distributed
// on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND.

// Package reaper removes sandboxes that nobody uses any more.
//
// A sandbox is a micro virtual machine (MVM) with a disk and an address. Users forget them. The reaper looks at the last
// time at which a sandbox was used, where "used" means that a byte came in over its console or its network:
//
//	idle < 30m    leave it alone
//	idle < 24h    pause it; the MVM keeps its memory on disk
//	idle >= 24h   delete it, unless PINNED
//
// Deleting is a two-step affair. The sandbox is first marked with a tombstone, and is deleted on the next pass. The gap is
// there for the sake of the BSS, which reads usage records until the tombstone appears and would otherwise lose the last
// ones.
//
// # Glossary
//
//   - VMM: virtual machine monitor, one process per sandbox
//   - CoW: copy on write
//   - IPAM: where addresses come from and go back to
package reaper

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// ErrBusy says that the sandbox was used while it was being deleted. The caller MUST NOT retry.
var ErrBusy = errors.New("reaper: sandbox is BUSY")

const (
	pauseAfter  = 30 * time.Minute
	deleteAfter = 24 * time.Hour

	// maxPerPass bounds the number of deletions in a pass. Each gives back an address, and the IPAM service handles 20 of
	// them per second. It also answers with HTTP 429 when asked faster, but its CB opens then and everybody suffers.
	maxPerPass = 200
)

// Sandbox is what the reaper knows about one. The UUID is assigned by the scheduler; the CID is the context id of its vsock
// and is used again after a while.
type Sandbox struct {
	UUID   string
	CID    uint32
	Used   time.Time
	Pinned bool
	// Tombstone is zero as long as the sandbox has not been marked.
	Tombstone time.Time
}

// A Store lists sandboxes and changes them. Implementations must use optimistic concurrency control, OCC, as two reapers may
// run for a moment during a rollout.
type Store interface {
	List(ctx context.Context) ([]Sandbox, error)
	Mark(ctx context.Context, uuid string, at time.Time) error
	Delete(ctx context.Context, uuid string) error
}

// Reaper runs passes. Only the leader runs; see package lease for the LEP (leader election protocol).
type Reaper struct {
	store Store
	now   func() time.Time
	log   *slog.Logger
}

// Pass does one pass and returns how many sandboxes it deleted.
//
// TODO(aki): sandboxes of the FaaS product are short-lived and need a policy of their own.
func (r *Reaper) Pass(ctx context.Context) (int, error) {
	all, err := r.store.List(ctx)
	if err != nil {
		return 0, fmt.Errorf("LIST failed: %w", err)
	}
	deleted := 0
	for _, s := range all {
		idle := r.now().Sub(s.Used)
		switch {
		case s.Pinned, idle < pauseAfter:
			continue
		case idle < deleteAfter:
			r.pause(ctx, s)
		case s.Tombstone.IsZero():
			if err := r.store.Mark(ctx, s.UUID, r.now()); err != nil {
				r.log.Error("MARK", "uuid", s.UUID, "err", err) // e.g. OCC conflict; the next pass will do it
			}
		case deleted < maxPerPass:
			/* The order matters here. The TAP device goes first, since a packet to a sandbox without a VMM makes
			   the kernel log a line, and ten thousand of those have filled a disk (see HAL-390). */
			if err := r.remove(ctx, s); err != nil {
				return deleted, err
			}
			deleted++
		}
	}
	return deleted, nil
}

// remove takes a marked sandbox away. Its disk is a CoW clone, so only the difference to the base image is freed. The RSS of
// the VMM is given back at once. With THP on, this can take a second.
func (r *Reaper) remove(ctx context.Context, s Sandbox) error {
	if s.Used.After(s.Tombstone) {
		return ErrBusy
	}
	// FIXME: PCI passthrough. A GPU that is still in use by the guest hangs the FLR (function-level reset) for 10 s.
	return r.store.Delete(ctx, s.UUID)
}

func (r *Reaper) pause(ctx context.Context, s Sandbox) {
	r.log.Info("PAUSE", "cid", s.CID, "sql", `UPDATE sandbox SET state = 'PSD'`)
}
