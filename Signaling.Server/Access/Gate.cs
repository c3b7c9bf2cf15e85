using Signaling.Server.Hosting;
using Signaling.Server.Relay;

namespace Signaling.Server.Access;

/// <summary>Asks clients for their tokens, where tokens are on. All who are turned away are counted.</summary>
public sealed class Gate
{
    private readonly Tokens _tokens;
    private readonly FailedTries _failed;
    private readonly RelayTelemetry _telemetry;

    internal Gate(Tokens tokens, FailedTries failed, RelayTelemetry telemetry) => (_tokens, _failed, _telemetry) = (tokens, failed, telemetry);

    /// <summary>Whether clients need a token.</summary>
    public bool IsClosed => _tokens.AreNeeded;

    /// <summary>Null when the client is let in: then <see cref="Grant.Of"/> says what it may do. Otherwise the answer to it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="elsewhere">A token from a place that only this endpoint knows.</param>
    public async ValueTask<Denial?> AskAsync(HttpContext context, string? elsewhere = null)
    {
        var (grant, denial) = IsClosed ? await LookAsync(context, elsewhere) : (Grant.Anybody, null);
        if (denial is not null) return Deny(denial);
        context.Features.Set(grant);
        return null;
    }

    /// <summary>The answer, counted.</summary>
    public Denial Deny(Denial denial)
    {
        _telemetry.Refused(denial.Reason);
        return denial;
    }

    /// <summary>Takes a new token for an open connection. Null, or why it was not taken: then the one before goes on.</summary>
    /// <param name="pass">What the connection may do now.</param>
    /// <param name="room">Where it is.</param>
    /// <param name="token">The new token.</param>
    public async ValueTask<Denial?> RenewAsync(Pass pass, string room, string token)
    {
        if (!IsClosed) return null;
        var (grant, denial) = await _tokens.CheckAsync(token);
        if (grant is null) return denial;
        if (grant.Sub != pass.Sub) return Denial.OtherSub;
        if (!grant.MayEnter(room)) return Denial.Room;
        pass.Grant = grant;
        return null;
    }

    private async ValueTask<(Grant?, Denial?)> LookAsync(HttpContext context, string? elsewhere)
    {
        var given = GivenToken.In(context.Request);
        if (given.Length == 0 && elsewhere is { Length: > 0 }) given = [elsewhere];
        if (given.Length != 1) return (null, given.Length == 0 ? Denial.Missing : Denial.Several);

        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        if (_failed.AreTooMany(address)) return (null, Denial.Throttled);
        var seen = await _tokens.CheckAsync(given[0]);
        // What has run out was good once: whoever sends that guesses nothing.
        if (seen.Denial is { Status: 401 } bad && bad != Denial.Expired && bad != Denial.Early) _failed.Add(address);
        return seen;
    }
}
