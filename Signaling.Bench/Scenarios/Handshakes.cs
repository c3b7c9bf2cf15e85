using Signaling.Bench.Load;

namespace Signaling.Bench.Scenarios;

/// <summary>
/// Pairs do what two browsers do: an offer and ten candidates, an answer and ten candidates, and again. What one says is
/// written in one go: with a system call for each it is the load that has no time, and servers are measured half idle.
/// </summary>
internal sealed class Handshakes(Crowd crowd, bool envelope) : ITalk
{
    private const int Candidates = 10;

    private readonly Letters _description = new(envelope, Sizes.Description);
    private readonly Letters _candidate = new(envelope, Sizes.Candidate);
    private readonly int[] _heard = new int[crowd.Size];
    private bool _isOver;

    public void Begin()
    {
        crowd.Received = Hear;
        for (var room = 0; room < crowd.Rooms; room++) Say(2 * room);
    }

    public void End() => _isOver = true;

    private void Hear(int receiver, Stamp stamp)
    {
        var isAnswerer = receiver % 2 == 1;
        // The answer follows the offer; the next offer follows the answerer's last candidate.
        var heard = _heard[receiver] = (_heard[receiver] + 1) % (1 + Candidates);
        if (heard == (isAnswerer ? 1 : 0) && (isAnswerer || !_isOver)) Say(receiver);
    }

    private void Say(int sender) =>
        crowd.Send(sender, [_description.Next(), .. Enumerable.Range(0, Candidates).Select(_ => _candidate.Next())]);
}
