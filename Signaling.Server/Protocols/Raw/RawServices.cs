using Signaling.Server.Access;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Raw;

/// <summary>The door of this folder.</summary>
public static class RawServices
{
    /// <summary>Adds raw mode: <c>signaling.raw</c>, and what a client gets that asks for nothing.</summary>
    public static IServiceCollection AddRawProtocol(this IServiceCollection services) => services
        .AddSingleton(provider =>
        {
            var rooms = provider.GetRequiredService<Rooms>();
            return new Subprotocol("signaling.raw", Version: null, client =>
            {
                var raw = new RawProtocol(rooms, client.Room, client.Rate);
                // No token can be renewed here: what it allows now, it allows to the end.
                return client.Pass.Can(Ability.Publish) ? raw : new SilentProtocol(raw);
            });
        });
}
