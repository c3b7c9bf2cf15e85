namespace Signaling.Server.Access;

/// <summary>The rule of endpoints that carry no session: a token where tokens are on, which allows what is asked for.</summary>
internal static class TokenRule
{
    public static TBuilder NeedsToken<TBuilder>(this TBuilder endpoints, Ability what = Ability.None)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(async (context, next) =>
        {
            var gate = context.HttpContext.RequestServices.GetRequiredService<Gate>();
            if (await gate.AskAsync(context.HttpContext) is { } denied) return denied;
            return Grant.Of(context.HttpContext).Can(what) ? await next(context) : gate.Deny(Denial.Forbidden);
        });
}
