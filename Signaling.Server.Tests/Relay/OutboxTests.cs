using Signaling.Server.Relay;
using Signaling.Server.Tests.Harness;

namespace Signaling.Server.Tests.Relay;

public sealed class OutboxTests
{
    private static readonly Frame Frame = new(new byte[100]);

    [Fact]
    public void Who_measures_is_called_when_what_waited_then_was_taken()
    {
        var outbox = new Outbox(65_536, new SilentWire());
        List<string> calls = [];
        outbox.WhenTaken(() => calls.Add("empty"));
        outbox.Post(Frame);
        outbox.WhenTaken(() => calls.Add("one"));
        outbox.WhenTaken(() => calls.Add("the same one"));
        Assert.Equal(["empty"], calls);

        outbox.Take([]);
        outbox.Post(Frame);
        Assert.Equal(["empty", "one", "the same one"], calls);
        outbox.WhenTaken(() => calls.Add("two"));
        outbox.Take([]);
        Assert.Equal(["empty", "one", "the same one", "two"], calls);
    }

    [Fact]
    public void What_is_handed_on_at_once_makes_room_and_the_next_frame_wakes_the_wire()
    {
        var wire = new SilentWire();
        var outbox = new Outbox(250, wire);
        var called = false;
        List<Frame> taken = [];
        outbox.Post(Frame);
        outbox.Post(Frame);
        outbox.WhenTaken(() => called = true);
        outbox.TakeAll(taken);
        Assert.Equal([Frame, Frame], taken);
        Assert.True(called);
        Assert.Equal(0, outbox.Waiting);

        outbox.Post(Frame);
        outbox.Post(Frame);
        Assert.Null(outbox.Ending);
        Assert.Equal(2, wire.Wakes);
    }

    [Fact]
    public void Who_measures_is_never_called_for_what_was_thrown_away()
    {
        var outbox = new Outbox(150, new SilentWire());
        var called = false;
        outbox.Post(Frame);
        outbox.WhenTaken(() => called = true);
        outbox.Post(Frame);
        Assert.Equal(CloseReason.Slow, outbox.Ending);
        outbox.Take([]);
        Assert.False(called);
    }
}
