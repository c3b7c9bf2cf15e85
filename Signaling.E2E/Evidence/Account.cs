using Signaling.E2E.Browsers;

namespace Signaling.E2E.Evidence;

/// <summary>One browser's account of its signaling: the frames that crossed its socket, and what the page says of them.</summary>
public sealed record Account(string Name, IReadOnlyList<Message> Sent, IReadOnlyList<Message> Received, IReadOnlyDictionary<string, int[]> Table)
{
    private static readonly string[] Kinds = ["offer", "answer", "candidate"];

    public static async Task<Account> OfAsync(Tab tab) => new(tab.Name, tab.Frames.Sent, tab.Frames.Received, await tab.CountsAsync());

    /// <summary>The name by which the page signs its messages.</summary>
    public string? Id => Sent is [var first, ..] ? first.From : null;

    public bool Got(string kind) => Received.Any(message => message.Kind == kind);

    /// <summary>Where the page's own table does not say what its socket saw.</summary>
    public IEnumerable<string> Contradictions()
    {
        foreach (var kind in Kinds)
        {
            int[] crossed = [Of(Sent), Of(Received)];
            if (!Table.TryGetValue(kind, out var told) || !told.SequenceEqual(crossed))
                yield return $"{Name}'s page counts {string.Join("/", told ?? [])} of {kind}, its socket {string.Join("/", crossed)} (sent/received)";

            int Of(IReadOnlyList<Message> messages) => messages.Count(message => message.Kind == kind);
        }
    }
}
