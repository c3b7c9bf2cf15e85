using System.Collections.Concurrent;
using System.Diagnostics;
using Signaling.Server.Relay;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Relay;

public sealed class TraceTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;
    // Other tests run beside this one: its spans are those of its own room.
    private readonly string _room = $"trace-{Guid.NewGuid():N}";

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RelayTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_session_is_one_trace_with_its_messages_and_how_long_they_waited_and_without_their_contents()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync(_room);
        var bob = await relay.EnterAsync(_room);
        await alice.NextAsync("join");
        await bob.SayAsync($$"""{"to":"{{alice.Id}}","data":"a-secret"}""");
        await alice.NextAsync();
        await bob.SayAsync("""{"to":"nobody","data":"a-secret"}""");
        await bob.NextAsync("error");
        await bob.SayAsync("""{"type":"bye"}""");
        await bob.Socket.CloseAsync();
        bob.Socket.Cut();
        await relay.UntilAsync(() => Of("session").Any() && Queues().Any());

        var session = Of("session").Single();
        Assert.Equal(["connect", "admission", "join", "leave"], session.Events.Select(one => one.Name));
        Assert.Equal("closed", session.GetTagItem("signaling.close.reason"));

        var messages = Of("message").Where(one => one.TraceId == session.TraceId).ToArray();
        Assert.All(messages, one => Assert.Equal(session.SpanId, one.ParentSpanId));
        Assert.Equal(["direct", "direct", "bye"], messages.Select(one => one.DisplayName));
        Assert.Equal(1, messages[0].GetTagItem("signaling.fanout"));
        Assert.Equal(("peer-unavailable", ActivityStatusCode.Error), (messages[1].GetTagItem("signaling.reason"), messages[1].Status));
        Assert.Equal(messages[0].SpanId, Queues().Single().ParentSpanId);
        Assert.All(_ended, one => Assert.DoesNotContain("a-secret", string.Join(' ', one.TagObjects.Select(tag => $"{tag.Key} {tag.Value}")), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_to_all_carries_how_many_heard_it()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.EnterAsync(_room);
        var bob = await relay.EnterAsync(_room);
        var carol = await relay.JoinAsync(_room);
        await alice.SayAsync("""{"data":1}""");
        await carol.NextAsync();
        await bob.NextAsync();
        await relay.UntilAsync(() => Queues().Any());
        Assert.Equal(2, Assert.Single(Of("message")).GetTagItem("signaling.fanout"));
    }

    [Fact]
    public async Task Raw_mode_has_a_span_for_the_session_and_none_for_what_is_said()
    {
        await using var relay = await TestRelay.StartAsync();
        var alice = await relay.JoinAsync(_room);
        var bob = await relay.JoinAsync(_room);
        await alice.SayAsync("hello");
        await bob.NextAsync();
        await alice.SayCloseAsync();
        await alice.CloseAsync();
        alice.Cut();
        await relay.UntilAsync(() => Of("session").Any());
        Assert.Empty(Of("message"));
        Assert.Equal("signaling.raw", Of("session").Single().GetTagItem("signaling.protocol"));
    }

    private IEnumerable<Activity> Of(string operation) =>
        _ended.Where(one => one.OperationName == operation && (string?)one.GetTagItem("signaling.room") == _room);

    private IEnumerable<Activity> Queues() =>
        _ended.Where(one => one.OperationName == "queue" && Of("message").Any(message => message.SpanId == one.ParentSpanId));
}
