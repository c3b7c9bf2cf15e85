using Signaling.Server.Access;

namespace Signaling.Server.Inspector;

/// <summary>Answers those who watch: with JSON, or with server-sent events until they go.</summary>
internal sealed class InspectorEndpoint(RoomsList list, Watches watches, Gate gate, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>The lobby has no name, and a path needs one; no room can be called so.</summary>
    public const string Lobby = "*";

    private const int MaxViewers = 50;
    private const string Events = "text/event-stream";
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWatch = TimeSpan.FromDays(1);

    private int _viewers;

    /// <summary>The rooms: now, or now and whenever they have changed.</summary>
    public async Task<IResult> RoomsAsync(HttpContext context)
    {
        var part = context.Request.Query["find"].ToString();
        var grant = Grant.Of(context);
        if (!WantsEvents(context)) return TypedResults.Json(list.Look(part, grant), InspectorJson.Default.RoomsView);

        var viewer = new Viewer();
        var before = ReadOnlyMemory<byte>.Empty;
        Look();
        await using var _ = time.CreateTimer(_ => Look(), null, LookPeriod, LookPeriod);
        return await SendAsync(context, viewer);

        void Look()
        {
            lock (viewer)
            {
                var told = Told.Of("rooms", list.Look(part, grant), InspectorJson.Default.RoomsView);
                if (told.Bytes.Span.SequenceEqual(before.Span)) return;
                before = told.Bytes;
                viewer.Tell(told);
            }
        }
    }

    /// <summary>What happens in a room: who is in it, what is still known of before, and from then on all.</summary>
    public async Task<IResult> RoomAsync(HttpContext context, string room)
    {
        // The one escape that routing leaves.
        var name = room == Lobby ? "" : room.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (!Grant.Of(context).MayEnter(name)) return gate.Deny(Denial.Room);
        if (!WantsEvents(context)) return TypedResults.Json(watches.Present(name), InspectorJson.Default.PresentView);

        var viewer = new Viewer();
        var lastEventId = context.Request.Headers["Last-Event-ID"].FirstOrDefault();
        var watch = watches.Enter(name, viewer, lastEventId);
        try
        {
            // After the tap is open: who joins now is in here, or in an event, or in both.
            viewer.Tell(Told.Of("present", watches.Present(name), InspectorJson.Default.PresentView));
            return await SendAsync(context, viewer);
        }
        finally
        {
            watch.Leave(viewer);
        }
    }

    // Who watches longer than his token lasts comes back with another one.
    private CancellationTokenSource Expiry(Grant grant)
    {
        if (grant.Expires is not { } expires) return new CancellationTokenSource();
        var left = expires - time.GetUtcNow();
        return new CancellationTokenSource(left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestWatch ? left : LongestWatch, time);
    }

    private static bool WantsEvents(HttpContext context) =>
        context.Request.GetTypedHeaders().Accept.Any(one => one.MediaType == Events);

    private async Task<IResult> SendAsync(HttpContext context, Viewer viewer)
    {
        using var expired = Expiry(Grant.Of(context));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping, expired.Token);
        try
        {
            if (Interlocked.Increment(ref _viewers) > MaxViewers)
                return TypedResults.Problem(statusCode: 503, title: "Too many viewers", detail: "As many watch as may at once; come again later.");
            context.Response.ContentType = Events;
            context.Response.Headers.CacheControl = "no-store";
            // For proxies that would gather the answer: nginx.
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await viewer.WriteAsync(context.Response.Body, time, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
        catch (IOException)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _viewers);
        }
        return TypedResults.Empty;
    }
}
