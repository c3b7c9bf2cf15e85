using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Signaling.Bench.Load;
using Signaling.Bench.Servers;

namespace Signaling.Bench.Scale;

/// <summary>One of three relays is stopped, and all that it had come to the others at once and ask for their places.</summary>
internal sealed class Storm : IListener, IDisposable
{
    public const string Name = "storm";
    public const string Setup = "3, one is stopped";
    public const string Title = "One of three relays is stopped, and its 500 of 1,500 resume at the others at once";

    private const int Peers = 1500;
    private const int RoomSize = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Poller _poller;
    private readonly Cluster _cluster;
    private readonly Dictionary<Line, int> _placeOf = [];
    private readonly string?[] _secrets = new string?[Peers];
    private readonly int[] _got = new int[Peers];
    private readonly Histogram _times = new();
    private int _arrived;
    private int _resumed;
    private int _back;
    private int _refused;
    private long _since;

    private Storm(Cluster cluster, CancellationToken stop) => (_cluster, _poller) = (cluster, new Poller(stop));

    public static SortedDictionary<string, double> Measure(Relay relay, Cores cores, CancellationToken stop)
    {
        var setup = new Scale.Setup("3", 3, HasRedis: true, Apart: true);
        using var cluster = Cluster.Start(relay, setup, cores, stop);
        using var storm = new Storm(cluster, stop);
        return storm.Run(setup);
    }

    public void Dispose() => _poller.Dispose();

    void IListener.Changed(Line line)
    {
        if (line.State is not LineState.Closed || _since == 0 || !_placeOf.Remove(line, out var place)) return;
        if (line.CloseCode == 0) _refused++;
        Dial(place, 1 + place % 2);
    }

    void IListener.Received(Line line, ReadOnlySpan<byte> payload, long now)
    {
        if (!_placeOf.TryGetValue(line, out var place)) return;
        if (!payload.StartsWith("{\"type\":\"welcome\""u8))
        {
            _got[place]++;
            return;
        }

        using var welcome = JsonDocument.Parse(payload.ToArray());
        _secrets[place] = welcome.RootElement.GetProperty("resume").GetString();
        _arrived++;
        if (_since == 0) return;
        _back++;
        if (welcome.RootElement.GetProperty("resumed").GetBoolean()) _resumed++;
        _times.Add((long)Stopwatch.GetElapsedTime(_since, now).TotalNanoseconds);
    }

    private SortedDictionary<string, double> Run(Scale.Setup setup)
    {
        for (var place = 0; place < Peers; place++)
        {
            Dial(place, setup.RelayOf(place, RoomSize));
            var open = place;
            _poller.RunUntil(() => open - _arrived < 32, Patience);
        }

        if (!_poller.RunUntil(() => _arrived == Peers, Patience)) throw new InvalidOperationException($"Of {Peers} peers {_arrived} were welcomed.");
        _poller.Run(TimeSpan.FromSeconds(1));
        var leaving = Enumerable.Range(0, Peers).Count(place => setup.RelayOf(place, RoomSize) == 0);
        var (others, cpu, redisCpu) = (_cluster.Relays.Skip(1), _cluster.Relays.Skip(1).Sum(one => one.Cpu), _cluster.Redis!.Cpu);
        _since = Stopwatch.GetTimestamp();
        _cluster.Relays[0].Terminate();
        _poller.RunUntil(() => _back == leaving, Patience);
        _poller.Run(TimeSpan.FromSeconds(0.5));
        _since = 0; // who goes now does not come back
        return new SortedDictionary<string, double>
        {
            [ScaleMetric.Left] = leaving,
            [ScaleMetric.Resumed] = _resumed,
            [ScaleMetric.Refused] = _refused,
            [ScaleMetric.BackP50] = _times.Percentile(0.5) / 1e6,
            [ScaleMetric.BackP99] = _times.Percentile(0.99) / 1e6,
            [ScaleMetric.ResumeCpu] = (others.Sum(one => one.Cpu) - cpu) / 1e3 / leaving,
            [ScaleMetric.ResumeRedisCpu] = (_cluster.Redis.Cpu - redisCpu) / 1e3 / leaving,
        };
    }

    private void Dial(int place, int relay)
    {
        var resume = _secrets[place] is { } secret ? $"?resume={Uri.EscapeDataString(secret)}&got={_got[place]}" : "";
        var request = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"GET /room/storm-{place / RoomSize}{resume} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: signaling.v1\r\n\r\n"));
        _placeOf[new Line(_poller, this, _cluster.Relays[relay].Port, request, tls: false)] = place;
    }
}
