using Signaling.Server.Sockets;

namespace Signaling.Server.Tests.Sockets;

public sealed class PulseTests
{
    private readonly Patience _patience = new(Interval: 25, Timeout: 20, Close: 2);

    [Fact]
    public void Who_is_silent_is_asked_once_and_given_up_when_no_answer_comes()
    {
        var pulse = new Pulse(now: 0);
        Assert.Equal((Pulse.Sign.Life, 25), pulse.Feel(24, _patience));
        Assert.Equal((Pulse.Sign.Silence, 45), pulse.Feel(25, _patience));
        Assert.Equal((Pulse.Sign.Life, 45), pulse.Feel(44, _patience));
        Assert.Equal(Pulse.Sign.None, pulse.Feel(45, _patience).Sign);
    }

    [Fact]
    public void Who_answers_lives_on_and_is_asked_again_after_another_silence()
    {
        var pulse = new Pulse(now: 0);
        Assert.Equal(Pulse.Sign.Silence, pulse.Feel(25, _patience).Sign);
        pulse.Hear(30);
        Assert.Equal((Pulse.Sign.Life, 55), pulse.Feel(45, _patience));
        Assert.Equal(Pulse.Sign.Silence, pulse.Feel(55, _patience).Sign);
    }

    [Fact]
    public void Nobody_is_given_up_unasked_when_the_server_itself_has_slept()
    {
        var pulse = new Pulse(now: 0);
        Assert.Equal((Pulse.Sign.Silence, 10_020), pulse.Feel(10_000, _patience));
        pulse.Hear(10_001);
        Assert.Equal((Pulse.Sign.Life, 10_026), pulse.Feel(10_020, _patience));
    }
}
