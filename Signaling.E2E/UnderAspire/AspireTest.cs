using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Signaling.E2E.Browsers;

namespace Signaling.E2E.UnderAspire;

/// <summary>The system as Aspire itself starts it from AppHost.cs, with the dashboard, in one process tree under this test.</summary>
public abstract class AspireTest(BrowserProcesses browsers) : BrowserTest(browsers)
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3);

    private DistributedApplication? _app;

    protected DistributedApplication App => _app!;

    protected Uri Dashboard { get; } = FreeAddress();

    protected override async Task StartAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(StartTime);

        // The testing builder reads no launch profile: what the AppHost's says of the dashboard is said here, with free ports.
        string[] arguments =
        [
            $"--ASPNETCORE_URLS={Dashboard.GetLeftPart(UriPartial.Authority)}",
            $"--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL={FreeAddress().GetLeftPart(UriPartial.Authority)}",
            $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL={FreeAddress().GetLeftPart(UriPartial.Authority)}",
            "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
            "--ASPIRE_INTERACTIVITY_ENABLED=false", // there is nobody to answer a question
            "--DcpPublisher:RandomizePorts=false", // the dashboard is to be where it was told to be
        ];
        var builder = Own(await DistributedApplicationTestingBuilder.CreateAsync<Projects.Signaling_AppHost>(
            arguments, (options, _) => options.DisableDashboard = false, patience.Token));
        _app = Own(await builder.BuildAsync(patience.Token));
        await _app.StartAsync(patience.Token);
        await IsHealthyAsync("relay", patience.Token);
        await IsHealthyAsync("demo", patience.Token);
    }

    protected Task IsHealthyAsync(string resource, CancellationToken cancellation) =>
        App.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellation);

    protected override Uri PageOf(string room) => new(App.GetEndpoint("demo", "http"), $"/?room={room}");

    protected override IEnumerable<(string Program, string Console)> Consoles() => []; // Aspire writes them to the test's output

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }
}
