using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.WebTorrent;

/// <summary>What other servers tell of a swarm: looked at, and then told to the swarm.</summary>
internal sealed class SwarmElsewhere(Swarm swarm, Action closed) : ITopicListener
{
    public void Said(string from, Frame frame)
    {
    }

    public void Sent(string from, string receiver, Frame frame)
    {
        // These clients read nothing but text.
        if (FrameEncoder.Decode(frame).Opcode == Opcode.Text) swarm.Hear(receiver, frame);
    }

    public void Entered(Elsewhere member)
    {
        if (SwarmMember.Read(member.About.Span) is { } known) swarm.Enter(member.Id, known);
    }

    public void Left(string id, string reason) => swarm.Leave(id);

    public void Taken(Elsewhere member)
    {
    }

    // Who gets no answer offers again when it announces again.
    public void Missed()
    {
    }

    public void Closed() => closed();
}
