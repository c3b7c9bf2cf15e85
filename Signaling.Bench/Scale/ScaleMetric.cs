using Signaling.Bench.Report;

namespace Signaling.Bench.Scale;

/// <summary>The figures of <c>--scale</c>, as they stand in the JSON, with their place in the table.</summary>
internal static class ScaleMetric
{
    public const string RedisCpuPerMessage = "redis-cpu-us-per-message";
    public const string RedisCpu = "redis-cpu-share";
    public const string PublishesPerMessage = "publishes-per-message";
    public const string MessagesPerPublish = "messages-per-publish";
    public const string CommandsPerRead = "redis-commands-per-read";
    public const string JoinCpu = "cpu-us-per-join";
    public const string JoinRedisCpu = "redis-cpu-us-per-join";
    public const string JoinCommands = "redis-commands-per-join";
    public const string RedisBytesPerMember = "redis-bytes-per-member";

    public const string Left = "peers-of-the-stopped-relay";
    public const string Resumed = "resumed-elsewhere";
    public const string Refused = "connections-that-were-not-closed-cleanly";
    public const string BackP50 = "back-ms-p50";
    public const string BackP99 = "back-ms-p99";
    public const string ResumeCpu = "cpu-us-per-resume";
    public const string ResumeRedisCpu = "redis-cpu-us-per-resume";

    public static readonly (string Metric, string Title, string Format)[] Columns =
    [
        (Metric.CpuPerDelivery, "relays: µs/delivery", "0.00"),
        (Metric.DeliveriesPerSecond, "deliveries/s", "n0"),
        (Metric.P50, "p50 µs", "n0"),
        (Metric.P99, "p99 µs", "n0"),
        (RedisCpuPerMessage, "Redis: µs/message", "0.00"),
        (RedisCpu, "Redis: CPU", "p0"),
        (PublishesPerMessage, "publishes/message", "0.00"),
        (MessagesPerPublish, "messages/publish", "0.0"),
        (CommandsPerRead, "commands/read", "0.0"),
        (JoinCpu, "relays: µs/join", "n0"),
        (JoinRedisCpu, "Redis: µs/join", "n0"),
        (JoinCommands, "commands/join", "0.0"),
        (RedisBytesPerMember, "Redis: bytes/member", "n0"),
        (Left, "peers", "n0"),
        (Resumed, "resumed", "n0"),
        (Refused, "cut", "n0"),
        (BackP50, "back after: p50 ms", "n0"),
        (BackP99, "p99 ms", "n0"),
        (ResumeCpu, "relays: µs/resume", "n0"),
        (ResumeRedisCpu, "Redis: µs/resume", "n0"),
    ];
}
