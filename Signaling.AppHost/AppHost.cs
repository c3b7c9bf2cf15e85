// The whole system. Plain Aspire: where Aspire's packages cannot be had, Signaling.AppHost.Embedded stands in for them.

// `--lan` has no value, and would be given the next word as one
var builder = DistributedApplication.CreateBuilder([.. args.Where(one => one != "--lan")]);

// its port, 8080, stands in Signaling.Server/Properties/launchSettings.json
var relay = builder.AddProject<Projects.Signaling_Server>("relay")
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", _ => new() { Url = "/inspector", DisplayText = "Inspector: signaling as it happens" });

var demo = builder.AddViteApp("demo", "../Signaling.DemoClient")
    .WithReference(relay)
    .WaitFor(relay)
    .WithUrlForEndpoint("http", url => url.DisplayText = "Demo: open it in two tabs");

// the relay's landing page links to the demo
relay.WithEnvironment("Landing__DemoUrl", demo.GetEndpoint("http"));

// `dotnet run --project Signaling.AppHost -- --lan`: the page, and by it the relay, for phones and other machines
if (!args.Contains("--lan"))
{
    demo.WithHttpHealthCheck("/");
}
else if (Lan.Find() is { } lan)
{
    // no health check: it would not accept a certificate that names localhost
    demo.WithEndpoint("http", endpoint => (endpoint.UriScheme, endpoint.TargetHost, endpoint.Port, endpoint.IsProxied) = ("https", lan.Address, Lan.Port, false))
        .WithEnvironment("LAN_ADDRESS", lan.Address)
        .WithEnvironment("LAN_CERTIFICATE", lan.Certificate)
        .WithEnvironment("LAN_KEY", lan.Key);
}
else
{
    Environment.ExitCode = 1;
    return;
}

// `dotnet run --project Signaling.AppHost -- --replicas 3`: so many relays behind that port, which act as one over Redis
if (builder.Configuration["replicas"] is { } asked)
{
    if (!int.TryParse(asked, out var replicas) || replicas is < 1 or > 16)
    {
        Console.Error.WriteLine($"--replicas is \"{asked}\", which is no number of relays: 1 to 16.");
        Environment.ExitCode = 2;
        return;
    }

    relay.WithReplicas(replicas);
    if (builder.Configuration["ConnectionStrings:redis"] is { Length: > 0 } running)
    {
        relay.WithEnvironment("ConnectionStrings__redis", running);
    }
    else
    {
        var redis = builder.AddRedis("redis");
        relay.WithReference(redis).WaitFor(redis);
    }
}

builder.Build().Run();
