using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signaling.E2E.Evidence;

namespace Signaling.E2E.Telemetry;

/// <summary>Stands where a dashboard or collector would, and keeps the latest value of each of the relay's counters.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private const string Meter = "Signaling.Relay";

    private readonly WebApplication _app;
    private readonly Changes _changes;
    private volatile Dictionary<string, long> _counters = [];

    private OtlpReceiver(WebApplication app, Changes changes) => (_app, _changes) = (app, changes);

    public Uri Url => new(_app.Urls.Single());

    public static async Task<OtlpReceiver> StartAsync(Changes changes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app, changes);
        app.MapPost("/v1/metrics", receiver.ExportedAsync);
        app.MapPost("/v1/{other}", () => Results.Bytes([], "application/x-protobuf"));
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The sum over all attributes, as last exported (the relay's totals since it was started).</summary>
    public long Total(string counter) => _counters.GetValueOrDefault(counter);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> ExportedAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (CounterExport.Read(body.ToArray(), Meter) is { Count: > 0 } counters) _counters = counters;
        _changes.Notify();
        return Results.Bytes([], "application/x-protobuf");
    }
}
