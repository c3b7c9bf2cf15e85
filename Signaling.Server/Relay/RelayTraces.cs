using System.Diagnostics;

namespace Signaling.Server.Relay;

/// <summary>
/// Spans: one for each session, and below it one for each message whose kind its protocol knows. Rooms, kinds, sizes and
/// times; never a payload, an address or a token. While nobody traces, each call is one look at a field.
/// </summary>
public static class RelayTraces
{
    private const string MessageSpan = "message";
    // Whose outboxes are watched for one message: beyond that, more tells no more.
    private const int MaxWatched = 100;

    // Shared by all servers of a process, as listeners find it by name.
    private static readonly ActivitySource Source = new(RelayTelemetry.Name);

    /// <summary>Whether anybody traces.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>A client was let in and has joined. The span begins with its request, and ends with its session; null when nobody traces.</summary>
    /// <param name="protocol">What it speaks.</param>
    /// <param name="room">Where it is.</param>
    /// <param name="admitted">When it was let in; joining came after that.</param>
    public static Activity? Session(string protocol, string room, DateTimeOffset admitted)
    {
        if (!IsOn) return null;
        var connected = Activity.Current is { } request ? request.StartTimeUtc : admitted;
        return Source.StartActivity("session", ActivityKind.Server, default(ActivityContext), startTime: connected)?
            .SetTag("signaling.protocol", protocol)
            .SetTag("signaling.room", room)
            .AddEvent(new ActivityEvent("connect", connected))
            .AddEvent(new ActivityEvent("admission", admitted))
            .AddEvent(new ActivityEvent("join"));
    }

    /// <summary>A session is over.</summary>
    public static void Ended(Activity? session, CloseReason reason) => session?
        .SetTag("signaling.close.code", (int)reason.Code)
        .SetTag("signaling.close.reason", reason.Name)
        .AddEvent(new ActivityEvent("leave", tags: new() { ["signaling.close.reason"] = reason.Name }))
        .Dispose();

    /// <summary>A peer said something. The span is of its session, and ends when the message has gone its way; null when nobody traces.</summary>
    /// <param name="kind">What its protocol knows it to be, of few words that never change.</param>
    /// <param name="room">Where it was said.</param>
    /// <param name="bytes">Of its payload.</param>
    public static Activity? Message(string kind, string room, int bytes)
    {
        if (!IsOn || Source.StartActivity(MessageSpan, ActivityKind.Producer) is not { } span) return null;
        span.DisplayName = kind;
        return span
            .SetTag("signaling.message.type", kind)
            .SetTag("signaling.room", room)
            .SetTag("signaling.message.bytes", bytes);
    }

    /// <summary>The message of this moment went to so many.</summary>
    public static void Delivered(int receivers) => Current?.SetTag("signaling.fanout", receivers);

    /// <summary>The message of this moment was answered with an error.</summary>
    public static void Undelivered(string code) => Current?.SetTag("signaling.reason", code).SetStatus(ActivityStatusCode.Error, code);

    /// <summary>The message of this moment waits for its receivers' wires: a span of that time ends when the last has taken it.</summary>
    /// <param name="to">Its receivers; the sender may be among them.</param>
    /// <param name="from">Its sender.</param>
    public static void Queued(ReadOnlySpan<Peer> to, Peer from)
    {
        if (Current is not { } message) return;
        var queue = new QueueTime(message.Context, to.Length);
        var watched = 0;
        foreach (var peer in to)
        {
            if (peer == from || watched++ >= MaxWatched) queue.Taken();
            else peer.WhenTaken(queue.Taken);
        }
    }

    private static Activity? Current => IsOn && Activity.Current is { OperationName: MessageSpan } message && message.Source == Source ? message : null;

    private sealed class QueueTime(ActivityContext message, int receivers)
    {
        private readonly DateTimeOffset _since = DateTimeOffset.UtcNow;
        private int _left = receivers;

        public void Taken()
        {
            if (Interlocked.Decrement(ref _left) == 0) Source.StartActivity("queue", ActivityKind.Internal, message, startTime: _since)?.Dispose();
        }
    }
}
