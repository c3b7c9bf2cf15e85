namespace Signaling.Server.Access;

/// <summary>What one connection may do now: its grant, which a new token can take the place of. One look for each message.</summary>
/// <param name="grant">What it was let in with.</param>
public sealed class Pass(Grant grant)
{
    private volatile Grant _grant = grant;

    /// <summary>What the newest token says.</summary>
    public Grant Grant
    {
        get => _grant;
        internal set => _grant = value;
    }

    /// <summary>Who it is; the same for as long as the connection lasts.</summary>
    public string? Sub => _grant.Sub;

    /// <summary>Whether the client may do that.</summary>
    public bool Can(Ability what) => _grant.Can(what);

    /// <summary>Whether the token has run out.</summary>
    public bool IsOver(TimeProvider time) => _grant.Expires is { } expires && time.GetUtcNow() >= expires;
}
