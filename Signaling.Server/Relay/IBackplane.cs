namespace Signaling.Server.Relay;

/// <summary>The other servers, where there are any.</summary>
public interface IBackplane
{
    /// <summary>Opens what all servers share under a name. The first to open it here makes this server hear it, the last to dispose ends that.</summary>
    /// <returns>Null when no <see cref="ITopicKind"/> knows the name: it is of this server alone.</returns>
    ITopic? Open(string name);
}
