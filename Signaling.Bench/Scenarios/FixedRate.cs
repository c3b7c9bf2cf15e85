using Signaling.Bench.Load;

namespace Signaling.Bench.Scenarios;

/// <summary>So many messages each second from everybody together, however fast the server is.</summary>
internal sealed class FixedRate(Crowd crowd, Poller poller, Letters letters, int perSecond) : ITalk
{
    // Coprime to the sizes of crowds: two that follow each other are in different rooms.
    private const int Step = 37;

    private int _sender;

    /// <summary>A line that says nothing; negative: none.</summary>
    public int Silent { get; init; } = -1;

    public void Begin() => poller.Every(TimeSpan.FromSeconds(1.0 / perSecond), ticks =>
    {
        for (; ticks > 0; ticks--)
        {
            _sender = (_sender + Step) % crowd.Size;
            if (_sender == Silent) _sender = (_sender + Step) % crowd.Size;
            crowd.Send(_sender, letters.Next());
        }
    });

    public void End() => poller.StopTicking();
}
