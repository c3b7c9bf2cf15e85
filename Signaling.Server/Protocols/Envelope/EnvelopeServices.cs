using Signaling.Server.Hosting;
using Signaling.Server.Relay;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>The door of this folder.</summary>
public static class EnvelopeServices
{
    /// <summary>Adds envelope mode, <c>signaling.v1</c> or <c>?v=1</c>, and its options <c>Resume</c> and <c>Presence</c>.</summary>
    public static IServiceCollection AddEnvelopeProtocol(this IServiceCollection services)
    {
        services.AddCheckedOptions<ResumeOptions>("Resume");
        services.AddCheckedOptions<PresenceOptions>("Presence");
        return services
            .AddSingleton<EnvelopeTerms>()
            .AddSingleton<EnvelopeRooms>()
            .AddSingleton<ITopicKind>(provider => provider.GetRequiredService<EnvelopeRooms>())
            .AddSingleton(provider =>
            {
                var rooms = provider.GetRequiredService<EnvelopeRooms>();
                var terms = provider.GetRequiredService<EnvelopeTerms>();
                return new Subprotocol("signaling.v1", Version: "1", client => new EnvelopeProtocol(rooms, client, terms), EntryWish.Check);
            });
    }
}
