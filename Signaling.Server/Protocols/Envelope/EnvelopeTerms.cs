using Microsoft.Extensions.Options;
using Signaling.Server.Access;
using Signaling.Server.Ice;
using Signaling.Server.Sockets;

namespace Signaling.Server.Protocols.Envelope;

/// <summary>What the server promises each client, and how it keeps places.</summary>
internal sealed class EnvelopeTerms(
    IOptions<LimitsOptions> limits,
    IOptions<KeepAliveOptions> keepAlive,
    IOptions<ResumeOptions> resume,
    IOptions<PresenceOptions> presence,
    IceServers ice,
    Gate gate,
    TimeProvider time)
{
    public LimitsOptions Limits => limits.Value;

    public KeepAliveOptions KeepAlive => keepAlive.Value;

    public PresenceOptions Presence => presence.Value;

    public TimeSpan Grace => resume.Value.Grace;

    public TimeProvider Time => time;

    public Gate Gate => gate;

    /// <summary>A JSON array, with credentials of that peer.</summary>
    public byte[] IceServers(string id) => ice.ToJson(id);
}
