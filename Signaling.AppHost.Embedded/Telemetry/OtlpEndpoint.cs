using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Signaling.AppHost.Embedded.Telemetry;

/// <summary>Takes OTLP over http/protobuf. <see cref="Dashboard.DashboardAccess"/> asks for the key.</summary>
internal static class OtlpEndpoint
{
    public const string Path = "/v1";
    public const string KeyHeader = "x-otlp-api-key";
    private const string Protobuf = "application/x-protobuf";
    private const int MostBytes = 8 << 20;

    public static void MapOtlp(this IEndpointRouteBuilder app, TelemetryStore store)
    {
        var otlp = app.MapGroup(Path);
        otlp.MapPost("/logs", request => TakeAsync(request, body => store.Add(OtlpRequest.Read(body, LogEntry.Read))));
        otlp.MapPost("/traces", request => TakeAsync(request, body => store.Add(OtlpRequest.Read(body, SpanEntry.Read))));
        otlp.MapPost("/metrics", request => TakeAsync(request, body => store.Add(OtlpRequest.Read(body, MetricPoint.Read))));
    }

    /// <summary>All of it or, when it is malformed, nothing. The answer is an empty message in every case, as its status says enough.</summary>
    private static async Task TakeAsync(HttpContext context, Action<ReadOnlyMemory<byte>> take)
    {
        context.Response.ContentType = Protobuf;
        context.Response.StatusCode = await StatusAsync(context.Request, take);
    }

    private static async Task<int> StatusAsync(HttpRequest request, Action<ReadOnlyMemory<byte>> take)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (request.ContentType?.Split(';')[0].Trim() != Protobuf || encoding is not ("" or "identity" or "gzip")) return StatusCodes.Status415UnsupportedMediaType;
        try
        {
            await using var body = encoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
            if (await ReadAsync(body, request.HttpContext.RequestAborted) is not { } bytes) return StatusCodes.Status413PayloadTooLarge;
            take(bytes);
            return StatusCodes.Status200OK;
        }
        catch (BadHttpRequestException error)
        {
            return error.StatusCode;
        }
        catch (InvalidDataException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>Null if it is too large, also when that shows only as it is decompressed.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, CancellationToken gone)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16384];
        while (await body.ReadAsync(buffer, gone) is > 0 and var read)
        {
            if (bytes.Length + read > MostBytes) return null;
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
