using Microsoft.AspNetCore.Http.Features;

namespace Signaling.Server.Access;

/// <summary>Hides the query of each request before the host logs the first line about it; everything later would be too late.</summary>
internal sealed class HidingContextFactory(IServiceProvider services) : IHttpContextFactory
{
    private readonly DefaultHttpContextFactory _inner = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        HiddenQuery.Hide(featureCollection);
        return _inner.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => _inner.Dispose(httpContext);
}
