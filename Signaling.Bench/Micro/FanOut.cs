using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Bench.Load;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Bench.Micro;

/// <summary>A room and its outboxes, without a wire: what is said is taken at once.</summary>
public class FanOut
{
    private readonly Frame _frame = FrameEncoder.Encode(Opcode.Text, new byte[Sizes.Candidate]);
    private readonly List<Outbox> _outboxes = [];
    private readonly List<Frame> _taken = [];
    private Room _room = null!;
    private Peer _sender = null!;

    /// <summary>How many there are in the room.</summary>
    [Params(2, 10, 100, 1000)]
    public int Peers { get; set; }

    /// <summary>Fills the room.</summary>
    [GlobalSetup]
    public void Fill()
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _room = new Room("bench", 0, new RelayTelemetry(meters));
        for (var i = 0; i < Peers; i++)
        {
            var outbox = new Outbox(1 << 20, new NoWire());
            var peer = new Peer($"{i}", outbox);
            _room.TryJoin(peer);
            _sender = peer;
            _outboxes.Add(outbox);
        }
    }

    /// <summary>One broadcast, and what each outbox gives of it.</summary>
    [Benchmark]
    public void Broadcast()
    {
        _room.Broadcast(_frame, _sender);
        foreach (var outbox in _outboxes) Empty(outbox);
    }

    private void Empty(Outbox outbox)
    {
        while (outbox.Take(_taken)) _taken.Clear();
        _taken.Clear();
    }

    private sealed class NoWire : IWire
    {
        public void Wake()
        {
        }

        public void Ended()
        {
        }
    }
}
