using Signaling.Server.Hosting;

namespace Signaling.Server.Landing;

/// <summary>The door of this folder.</summary>
public static class LandingServices
{
    /// <summary>Adds the page that answers people, and its options <c>Landing</c>.</summary>
    public static IServiceCollection AddLandingPage(this IServiceCollection services)
    {
        services.AddCheckedOptions<LandingOptions>("Landing");
        return services.AddSingleton<LandingPage>();
    }

    /// <summary>Serves the built demo page under <c>/demo/</c>, where <c>Landing:PagePath</c> names it.</summary>
    public static void UseDemoPage(this WebApplication app) => ServedPage.Serve(app);

    /// <summary>Answers a request with the page.</summary>
    public static IResult LandingPage(this WebApplication app, HttpContext context) =>
        app.Services.GetRequiredService<LandingPage>().Respond(context);
}
