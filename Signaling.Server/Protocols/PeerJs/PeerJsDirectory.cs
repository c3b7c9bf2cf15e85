using System.Collections.Concurrent;
using System.Text;
using System.Text.Unicode;
using Signaling.Server.Relay;

namespace Signaling.Server.Protocols.PeerJs;

/// <summary>
/// The ids of all servers, for who may have the list of them: each server tells the others of its own. Not there unless
/// <see cref="PeerJsOptions.Discovery"/> is on: else nobody needs to know more of the others than the ids that he writes to.
/// </summary>
internal sealed class PeerJsDirectory : ITopicListener
{
    /// <summary>Of its topic: no id's, and no room's, as they have no colon.</summary>
    public const string Name = "peerjs-ids:";

    private readonly ConcurrentDictionary<string, string> _elsewhere = new(StringComparer.Ordinal);
    // Late: who opens a topic asks the realm, to which this belongs, who hears it. From then on it stays open.
    private readonly Lazy<ITopic> _topic;

    public PeerJsDirectory(IBackplane backplane) => _topic = new(() => backplane.Open(Name)!);

    /// <summary>The ids of the other servers, as far as they can be had; one may be there twice for a moment.</summary>
    public async ValueTask<IEnumerable<string>> ElsewhereAsync()
    {
        await _topic.Value.Ready;
        return _elsewhere.Values;
    }

    // By its connection: an id that moves from one server to another is of both for a moment.
    public void Add(PeerJsMember member) => _topic.Value.Put(member.Line.Id, Encoding.UTF8.GetBytes(member.Id));

    public void Remove(PeerJsMember member) => _topic.Value.Remove(member.Line.Id, "closed");

    public void Entered(Elsewhere member)
    {
        if (Utf8.IsValid(member.About.Span) && Encoding.UTF8.GetString(member.About.Span) is var id && PeerJsProtocol.IsId(id)) _elsewhere[member.Id] = id;
        else _elsewhere.TryRemove(member.Id, out _);
    }

    public void Left(string id, string reason) => _elsewhere.TryRemove(id, out _);

    public void Said(string from, Frame frame)
    {
    }

    public void Sent(string from, string receiver, Frame frame)
    {
    }

    public void Taken(Elsewhere member)
    {
    }

    public void Missed()
    {
    }

    public void Closed()
    {
    }
}
