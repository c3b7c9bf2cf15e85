using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Signaling.Server.Access;

/// <summary>
/// What stood behind the <c>?</c>, where request logs, spans and error pages do not look: they show the URL, and there can
/// be a token in it, or the secret of a place. Endpoints read the query as ever, without the token.
/// </summary>
/// <param name="Tokens">The values of <c>access_token</c>.</param>
internal sealed record HiddenQuery(string[] Tokens)
{
    /// <summary>Takes the query out of a request that nobody has seen yet.</summary>
    public static void Hide(IFeatureCollection features)
    {
        if (features.Get<IHttpRequestFeature>() is not { QueryString.Length: > 0 } request) return;
        var query = QueryHelpers.ParseQuery(request.QueryString);
        query.Remove(GivenToken.Parameter, out var tokens);
        features.Set(new HiddenQuery([.. tokens.OfType<string>().Where(token => token.Length > 0)]));
        features.Set<IQueryFeature>(new QueryFeature(new QueryCollection(query)));
        request.QueryString = "";
        request.RawTarget = request.RawTarget.Split('?')[0];
    }
}
