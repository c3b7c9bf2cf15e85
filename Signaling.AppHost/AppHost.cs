// The whole system. Plain Aspire: where Aspire's packages cannot be had, Signaling.AppHost.Embedded stands in for them.
var builder = DistributedApplication.CreateBuilder(args);

// its port, 8080, stands in Signaling.Server/Properties/launchSettings.json
var relay = builder.AddProject<Projects.Signaling_Server>("relay")
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", _ => new() { Url = "/inspector", DisplayText = "Inspector: signaling as it happens" });

var demo = builder.AddViteApp("demo", "../Signaling.DemoClient")
    .WithReference(relay)
    .WaitFor(relay)
    .WithHttpHealthCheck("/")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Demo: open it in two tabs");

// the relay's landing page links to the demo
relay.WithEnvironment("Landing__DemoUrl", demo.GetEndpoint("http"));

builder.Build().Run();
