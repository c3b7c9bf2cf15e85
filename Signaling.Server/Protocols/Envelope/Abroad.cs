using System.Buffers;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>What other servers tell of a room: looked at, and then told to the room.</summary>
internal sealed class Abroad(EnvelopeRoom room, Rooms rooms) : ITopicListener
{
    private const int MaxIdLength = 96;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-");

    private static readonly HashSet<string> Reasons = ["closed", "timeout", "slow", "limit", "drain"];

    public void Said(string from, Frame frame)
    {
        if (!IsId(from)) return;
        if (room.Find(from) is not { } member) rooms.Find(room.Name)?.Deliver(frame, new StandIn(from));
        else if (member is RemoteMember && member.MaySay(frame)) rooms.Find(room.Name)?.Deliver(frame, member);
    }

    public void Sent(string from, string receiver, Frame frame)
    {
        if (room.Find(receiver) is not Place place) return;
        if (room.Find(from) is { } member) place.HearFrom(member, frame);
        else place.Post(frame);
    }

    public void Entered(Elsewhere member)
    {
        if (ReadMember(member) is { } known) room.Enter(known);
    }

    public void Left(string id, string reason)
    {
        if (room.Find(id) is RemoteMember member) room.Leave(member, Reasons.Contains(reason) ? reason : "timeout");
    }

    public void Taken(Elsewhere member)
    {
        if (ReadMember(member) is { } known) room.GiveUp(known);
    }

    public void Missed() => room.Missed();

    public void Closed() => room.End();

    private static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength && !id.AsSpan().ContainsAnyExcept(IdCharacters);

    private static RemoteMember? ReadMember(Elsewhere member) =>
        IsId(member.Id) && PlaceRecord.Read(member.About.Span) is { } record ? new RemoteMember(member.Id, record, member) : null;
}
