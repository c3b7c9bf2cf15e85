using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Signaling.AppHost.Embedded.Dashboard;
using Signaling.AppHost.Embedded.Processes;

namespace Signaling.AppHost.Embedded;

/// <summary>Runs the resources and their dashboard, from the first check to the last process gone.</summary>
internal sealed class Host(IConfiguration configuration, IReadOnlyList<HostedResource> resources)
{
    private readonly Broadcast<bool> _changes = new();

    public async Task RunAsync()
    {
        using var signals = new StopSignals();
        foreach (var resource in resources) resource.Prepare(configuration);
        foreach (var resource in resources) AllotPorts(resource);
        var instances = resources.SelectMany(one => one.Instances()).ToList();
        foreach (var replica in instances.Except(resources)) AllotPorts(replica);

        var settings = DashboardSettings.From(configuration);
        var environment = new ChildEnvironment(configuration, settings);
        var runners = instances.Select(one => new ResourceRunner(one, environment, () => _changes.Send(true), TimeProvider.System, signals.Hurry)).ToList();
        foreach (var runner in runners) runner.WaitsFor = [.. runners.Where(one => runner.Resource.WaitsFor.Contains(one.Resource.Origin))];

        var replicated = runners.GroupBy(one => one.Resource.Origin).Where(one => one.Count() > 1 && one.Key.Endpoint("http") is not null);
        var proxies = await Task.WhenAll(replicated.Select(one => ReplicaProxy.StartAsync(one.Key.Endpoint("http")!, [.. one])));

        await using var dashboard = await DashboardServer.StartAsync(settings, runners, _changes, signals.Stop);
        Terminal.Say($"Login to the dashboard at {settings.Url}/login?t={settings.Token}");
        try
        {
            foreach (var runner in runners) await runner.StartAsync();
            await Task.WhenAll(runners.Select(one => one.Healthy)).WaitAsync(signals.Stop);
            foreach (var url in instances.SelectMany(one => one.Urls()).DistinctBy(one => one.Url)) Terminal.Say($"{url.Endpoint?.Resource.Name,-8} {url.Url}   {url.DisplayText}".TrimEnd());
            Terminal.Say("Everything is up. Ctrl-C stops it.");
            await Task.Delay(Timeout.Infinite, signals.Stop);
        }
        catch (OperationCanceledException)
        {
            Terminal.Say("Stopping ...");
        }
        finally
        {
            await Task.WhenAll(runners.Select(one => one.StopAsync()));
            foreach (var proxy in proxies) await proxy.DisposeAsync();
            foreach (var runner in runners) runner.Dispose();
        }
    }

    /// <summary>The port of the launch profile, or that of the variable NAME_PORT (0 for a free one); a free one where none is fixed.</summary>
    private void AllotPorts(HostedResource resource)
    {
        foreach (var endpoint in resource.Endpoints)
        {
            if (endpoint.Annotation.Port is { } wanted) endpoint.Port = wanted;
            var variable = $"{ChildEnvironment.VariableName(resource.Name)}{(endpoint.EndpointName == "http" ? "" : "_" + endpoint.EndpointName.ToUpperInvariant())}_PORT";
            if (configuration[variable] is { Length: > 0 } chosen)
            {
                if (!ushort.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out var port)) throw new StartException($"{variable} is {chosen}, which is no port: 0 (a free one) to 65535.");
                endpoint.Port = port;
            }

            if (endpoint.Port == 0) endpoint.Port = Ports.Free();
            else if (!Ports.IsFree(endpoint.Port, endpoint.Annotation.TargetHost))
                throw new StartException($"Port {endpoint.Port} is in use, and {resource.Name} is to listen on it. Stop what uses it, or choose another port: `{variable}=8081 dotnet run --project Signaling.AppHost` (0 for any free one).");
        }
    }
}
