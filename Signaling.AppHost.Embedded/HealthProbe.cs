using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;

namespace Signaling.AppHost.Embedded;

/// <summary>Asks a resource again and again whether it is well.</summary>
internal static class HealthProbe
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(3) };

    /// <summary>Says nothing while a resource that starts does not answer yet; one without a check is well as soon as it listens.</summary>
    public static async IAsyncEnumerable<bool> WatchAsync(HostedResource resource, [EnumeratorCancellation] CancellationToken stop)
    {
        if (Check(resource) is not { } isHealthy)
        {
            yield return true;
            yield break;
        }

        for (var wasHealthy = false; ;)
        {
            var healthy = await isHealthy(stop);
            if (healthy || wasHealthy) yield return healthy;
            wasHealthy |= healthy;
            await Task.Delay(healthy ? 3000 : wasHealthy ? 1000 : 100, stop);
        }
    }

    private static Func<CancellationToken, Task<bool>>? Check(HostedResource resource) => (resource.Endpoint(resource.HealthCheck?.EndpointName), resource.HealthCheck) switch
    {
        ({ } endpoint, { } check) => stop => AnswersAsync(endpoint.Url + check.Path, check.StatusCode, stop),
        ({ } endpoint, null) => stop => ListensAsync(endpoint, stop),
        _ => null,
    };

    private static async Task<bool> AnswersAsync(string url, int status, CancellationToken stop)
    {
        try
        {
            using var answer = await Http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, stop);
            return (int)answer.StatusCode == status;
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }

    private static async Task<bool> ListensAsync(EndpointReference endpoint, CancellationToken stop)
    {
        try
        {
            using var line = new TcpClient();
            await line.ConnectAsync(endpoint.Annotation.TargetHost, endpoint.Port, stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
