using System.Diagnostics.Metrics;
using Signaling.Server.Relay;

namespace Signaling.Server.Backplane;

/// <summary>Numbers of the backplane, on the Meter of the relay.</summary>
internal sealed class BackplaneTelemetry(IMeterFactory meters)
{
    private readonly Meter _meter = meters.Create(RelayTelemetry.Name);
    private readonly Counter<long> _published = meters.Create(RelayTelemetry.Name).CreateCounter<long>("signaling.backplane.publishes", "{publish}", "Packets published.");
    private readonly Counter<long> _sent = meters.Create(RelayTelemetry.Name).CreateCounter<long>("signaling.backplane.messages.sent", "{message}", "Messages for other servers, put into packets.");
    private readonly Counter<long> _received = meters.Create(RelayTelemetry.Name).CreateCounter<long>("signaling.backplane.messages.received", "{message}", "Messages of other servers.");
    private readonly Counter<long> _lost = meters.Create(RelayTelemetry.Name).CreateCounter<long>("signaling.backplane.messages.lost", "{message}", "Messages that did not get to other servers, by reason.");
    private readonly Counter<long> _malformed = meters.Create(RelayTelemetry.Name).CreateCounter<long>("signaling.backplane.malformed", "{message}", "What came from Redis and was none of ours.");
    private readonly Counter<long> _gaps = meters.Create(RelayTelemetry.Name).CreateCounter<long>("signaling.backplane.gaps", "{gap}", "Times that messages of another server were missed in a topic.");

    public void Watch(Func<int> topics, Func<long> waiting, Func<int> up)
    {
        _meter.CreateObservableUpDownCounter("signaling.backplane.topics", topics, "{topic}", "Topics that this server hears.");
        _meter.CreateObservableUpDownCounter("signaling.backplane.queue.size", waiting, "By", "Bytes that wait for Redis.");
        _meter.CreateObservableGauge("signaling.backplane.up", up, "1", "1 while this server hears the others, else 0.");
    }

    public void Published(int packets) => _published.Add(packets);

    public void Sent() => _sent.Add(1);

    public void Received() => _received.Add(1);

    public void Lost(string reason) => _lost.Add(1, KeyValuePair.Create("signaling.reason", (object?)reason));

    public void Malformed() => _malformed.Add(1);

    public void Gap() => _gaps.Add(1);
}
