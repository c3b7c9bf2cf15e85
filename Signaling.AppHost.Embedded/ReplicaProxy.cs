using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Signaling.AppHost.Embedded;

/// <summary>One address for all replicas of a resource: a request or WebSocket goes to the one that has the fewest. One that is to stop, or has died, gets no more from that moment on.</summary>
internal sealed class ReplicaProxy(IReadOnlyList<ResourceRunner> replicas, IHttpForwarder forwarder)
{
    // a WebSocket may be silent for as long as its two ends like
    private static readonly ForwarderRequestConfig Patient = new() { ActivityTimeout = TimeSpan.FromDays(1) };

    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
    });

    private readonly Dictionary<ResourceRunner, int> _open = replicas.ToDictionary(one => one, _ => 0);
    private int _turn;

    public static async Task<WebApplication> StartAsync(EndpointReference address, IReadOnlyList<ResourceRunner> replicas)
    {
        var builder = LoopbackServer.On(address.Port);
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        app.Run(new ReplicaProxy(replicas, app.Services.GetRequiredService<IHttpForwarder>()).ForwardAsync);
        await app.StartAsync(CancellationToken.None);
        return app;
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (Take() is not { } chosen)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        try
        {
            await forwarder.SendAsync(context, chosen.Resource.Endpoint("http")!.Url, Http, Patient, SameHost.Instance);
        }
        finally
        {
            lock (_open) _open[chosen]--;
        }
    }

    /// <summary>Of those that run the well before the sick, then who has fewest, and among equals each in its turn.</summary>
    private ResourceRunner? Take()
    {
        lock (_open)
        {
            _turn++;
            var chosen = Enumerable.Range(0, replicas.Count)
                .Select(index => replicas[(index + _turn) % replicas.Count])
                .Where(one => one.State == ResourceState.Running)
                .OrderByDescending(one => one.IsHealthy)
                .ThenBy(one => _open[one])
                .FirstOrDefault();
            if (chosen is not null) _open[chosen]++;
            return chosen;
        }
    }

    /// <summary>A replica hears the name that it was asked by: its pages have links to itself.</summary>
    private sealed class SameHost : HttpTransformer
    {
        public static readonly SameHost Instance = new();

        public override async ValueTask TransformRequestAsync(HttpContext context, HttpRequestMessage onward, string destination, CancellationToken stop)
        {
            await base.TransformRequestAsync(context, onward, destination, stop);
            onward.Headers.Host = context.Request.Host.Value;
        }
    }
}
