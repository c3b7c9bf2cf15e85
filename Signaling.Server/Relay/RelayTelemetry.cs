using System.Diagnostics.Metrics;

namespace Signaling.Server.Relay;

/// <summary>What the relay tells about itself: numbers, and spans (<see cref="RelayTraces"/>). Never a payload, an address or a token.</summary>
public sealed class RelayTelemetry
{
    /// <summary>The name of the Meter and of the ActivitySource.</summary>
    public const string Name = "Signaling.Relay";

    private readonly Meter _meter;
    private readonly UpDownCounter<int> _peers;
    private readonly Counter<long> _received;
    private readonly Counter<long> _receivedBytes;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _deliveredBytes;
    private readonly Histogram<int> _fanOut;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _undelivered;

    private volatile IRoomTap? _tap;

    /// <summary>Makes the instruments.</summary>
    public RelayTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _peers = meter.CreateUpDownCounter<int>("signaling.peers", "{peer}", "Peers connected now.");
        _received = meter.CreateCounter<long>("signaling.messages.received", "{message}", "Messages that peers sent.");
        _receivedBytes = meter.CreateCounter<long>("signaling.bytes.received", "By", "Payload of the messages that peers sent.");
        _delivered = meter.CreateCounter<long>("signaling.messages.delivered", "{message}", "Messages put into a receiver's outbox, counted once for each receiver.");
        _deliveredBytes = meter.CreateCounter<long>("signaling.bytes.delivered", "By", "Frames put into receivers' outboxes, headers included.");
        _fanOut = meter.CreateHistogram<int>("signaling.fanout", "{peer}", "Receivers of one message.",
            advice: new() { HistogramBucketBoundaries = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] });
        _evictions = meter.CreateCounter<long>("signaling.evictions", "{peer}", "Connections that the server ended, by reason.");
        _refusals = meter.CreateCounter<long>("signaling.refusals", "{connection}", "Connections that were refused before the upgrade, by reason.");
        _undelivered = meter.CreateCounter<long>("signaling.messages.undelivered", "{message}", "Messages that were answered with an error instead of being delivered, by reason.");
        _meter = meter;
    }

    /// <summary>Where those who watch hear it; null while nobody does, which is nearly always.</summary>
    public IRoomTap? Tap
    {
        get => _tap;
        set => _tap = value;
    }

    /// <summary>Reports how many rooms there are whenever somebody asks.</summary>
    public void WatchRooms(Func<int> count) =>
        _meter.CreateObservableUpDownCounter("signaling.rooms", count, "{room}", "Rooms that somebody is in.");

    /// <summary>A peer has connected.</summary>
    public void Connected() => _peers.Add(1);

    /// <summary>Somebody was not let in.</summary>
    /// <param name="reason">Of few words, which never change.</param>
    public void Refused(string reason) => _refusals.Add(1, KeyValuePair.Create("signaling.reason", (object?)reason));

    /// <summary>A session is over.</summary>
    public void Disconnected(CloseReason reason)
    {
        _peers.Add(-1);
        if (reason != CloseReason.Normal && reason != CloseReason.Lost)
            _evictions.Add(1, KeyValuePair.Create("signaling.reason", (object?)reason.Name));
    }

    /// <summary>A peer sent a message.</summary>
    /// <param name="bytes">Of its payload.</param>
    public void Received(int bytes)
    {
        _received.Add(1);
        _receivedBytes.Add(bytes);
    }

    /// <summary>A message was answered with an error.</summary>
    /// <param name="code">Of the error, as the client is told it.</param>
    public void Undelivered(string code)
    {
        _undelivered.Add(1, KeyValuePair.Create("signaling.reason", (object?)code));
        RelayTraces.Undelivered(code);
    }

    /// <summary>A message went to its receivers' outboxes.</summary>
    /// <param name="receivers">How many.</param>
    /// <param name="bytes">Of its frame.</param>
    public void Delivered(int receivers, int bytes)
    {
        _fanOut.Record(receivers);
        _delivered.Add(receivers);
        _deliveredBytes.Add((long)receivers * bytes);
        RelayTraces.Delivered(receivers);
    }
}
