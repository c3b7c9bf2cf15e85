using Signaling.Bench.Load;

namespace Signaling.Bench.Scenarios;

/// <summary>In rooms of two: who hears something answers.</summary>
internal sealed class PingPong(Crowd crowd, Letters letters) : ITalk
{
    private bool _isOver;

    public void Begin()
    {
        crowd.Received = (receiver, _) =>
        {
            if (!_isOver) crowd.Send(receiver, letters.Next());
        };
        for (var room = 0; room < crowd.Rooms; room++) crowd.Send(room * crowd.RoomSize, letters.Next());
    }

    public void End() => _isOver = true;
}
