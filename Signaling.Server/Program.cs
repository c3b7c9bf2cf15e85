using Signaling.Server.Hosting;
using Signaling.Server.Landing;
using Signaling.Server.Protocols.Raw;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using Signaling.ServiceDefaults;

return Start.Run(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHosting();
    builder.AddServiceDefaults(RelayTelemetry.Name);
    builder.Services.AddRelay();
    builder.Services.AddSockets();
    builder.Services.AddRawProtocol();
    builder.Services.AddSingleton<LandingPage>();

    var app = builder.Build();
    app.UseStatusCodePages();
    app.MapDefaultEndpoints();
    app.MapRooms(landing: app.Services.GetRequiredService<LandingPage>().Respond);
    return app;
});
