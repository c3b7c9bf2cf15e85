using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Signaling.AppHost.Embedded.Dashboard;

/// <summary>What a page hears: "resources" whenever one has changed, and "log" for each line of the resource it looks at.</summary>
internal static class EventStream
{
    public static async IAsyncEnumerable<SseItem<object>> Of(
        IReadOnlyList<ResourceRunner> runners, ResourceRunner? logs, Broadcast<bool> changes, CancellationToken stop, [EnumeratorCancellation] CancellationToken gone)
    {
        // ends with the host too, so that an open page does not hold up its stop
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop, gone);
        var changed = changes.Listen(1, over.Token);
        var (soFar, live) = logs?.Log.Follow(over.Token) ?? ([], Channel.CreateBounded<LogLine>(1).Reader);

        yield return Resources(runners);
        foreach (var line in soFar) yield return new SseItem<object>(line, "log");

        Task<bool> news = Task.FromResult(true), lines = Task.FromResult(true);
        while (!over.IsCancellationRequested)
        {
            if (news.IsCompleted) news = changed.WaitToReadAsync().AsTask();
            if (lines.IsCompleted) lines = live.WaitToReadAsync().AsTask();
            if (!await await Task.WhenAny(news, lines)) yield break;
            while (live.TryRead(out var line)) yield return new SseItem<object>(line, "log");
            if (changed.TryRead(out _)) yield return Resources(runners);
        }
    }

    private static SseItem<object> Resources(IReadOnlyList<ResourceRunner> runners) =>
        new(runners.Select(ResourceView.Of).ToList(), "resources");
}
