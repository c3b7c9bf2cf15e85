using Signaling.Bench.Load;

namespace Signaling.Bench.Scenarios;

/// <summary>Some in each room talk: each says the next thing when all others have heard the last one.</summary>
internal sealed class ClosedLoop(Crowd crowd, Letters letters, int talkers) : ITalk
{
    private readonly int[] _unheard = new int[crowd.Size];
    private bool _isOver;

    public void Begin()
    {
        crowd.Received = (_, stamp) =>
        {
            if (--_unheard[stamp.Sender] == 0 && !_isOver) Say(stamp.Sender);
        };
        for (var room = 0; room < crowd.Rooms; room++)
            for (var i = 0; i < Math.Min(talkers, crowd.RoomSize); i++)
                Say(room * crowd.RoomSize + i);
    }

    public void End() => _isOver = true;

    private void Say(int sender)
    {
        _unheard[sender] = crowd.RoomSize - 1;
        crowd.Send(sender, letters.Next());
    }
}
