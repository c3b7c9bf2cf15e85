using Signaling.Server.Access;
using Signaling.Server.Backplane;
using Signaling.Server.Hosting;
using Signaling.Server.Ice;
using Signaling.Server.Inspector;
using Signaling.Server.Landing;
using Signaling.Server.Protocols.Envelope;
using Signaling.Server.Protocols.PeerJs;
using Signaling.Server.Protocols.Raw;
using Signaling.Server.Protocols.WebTorrent;
using Signaling.Server.Protocols.YWebRtc;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;
using Signaling.ServiceDefaults;

namespace Signaling.Server;

/// <summary>The server, from its parts.</summary>
public static class Program
{
    /// <summary>Runs until it is told to stop; 1 when it could not start.</summary>
    public static int Main(string[] args) => Start.Run(() => Build(args));

    /// <summary>The server, ready to start.</summary>
    /// <param name="args">As on the command line: <c>--urls</c>, <c>--Limits:MaxMessageBytes</c> and so on.</param>
    /// <param name="adjust">Changes what was added, for example time in a test.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? adjust = null)
    {
        var builder = Start.CreateBuilder(args);
        builder.AddServiceDefaults(RelayTelemetry.Name);
        builder.Services.AddRelay();
        builder.AddBackplane();
        builder.Services.AddAccess();
        builder.Services.AddSockets();
        builder.Services.AddIce();
        builder.Services.AddRawProtocol();
        builder.Services.AddEnvelopeProtocol();
        builder.Services.AddPeerJs();
        builder.Services.AddYWebRtc();
        builder.Services.AddWebTorrent();
        builder.Services.AddInspector();
        builder.Services.AddLandingPage();
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseTrustedProxies();
        app.UseSecurityHeaders();
        app.UseStatusCodePages();
        app.UseDemoPage();
        app.UseAccess();
        app.MapDefaultEndpoints();
        app.MapIce();
        app.MapInspector();
        app.MapPeerJs();
        app.MapYWebRtc();
        app.MapWebTorrent();
        app.MapDrain();
        app.MapRooms(app.LandingPage);
        return app;
    }
}
