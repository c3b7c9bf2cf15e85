using Signaling.Server.Access;

namespace Signaling.Server.Inspector;

/// <summary>
/// Who may watch: in Development, who reaches the server; elsewhere, who has a token with <c>inspect</c>, and the rooms that
/// the token allows. In Production without tokens there is no inspector.
/// </summary>
internal sealed class InspectorGate(IHostEnvironment environment, Gate gate)
{
    /// <summary>Whether there is an inspector at all.</summary>
    public bool IsThere => environment.IsDevelopment() || gate.IsClosed;

    /// <summary>The rule for all that is below <c>/inspector</c>.</summary>
    public async ValueTask<object?> ThereAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        IsThere ? await next(context) : TypedResults.NotFound();

    /// <summary>The rule for what tells of rooms: the page itself tells of none.</summary>
    public async ValueTask<object?> AllowedAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext;
        if (environment.IsDevelopment())
        {
            request.Features.Set(Grant.Anybody);
            return await next(context);
        }
        if (await gate.AskAsync(request) is { } denied) return denied;
        return Grant.Of(request).Can(Ability.Inspect) ? await next(context) : gate.Deny(Denial.Forbidden);
    }
}
