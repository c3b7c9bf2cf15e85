namespace Signaling.Server.Landing;

/// <summary>The door of this folder.</summary>
public static class LandingServices
{
    /// <summary>Adds the page that answers people.</summary>
    public static IServiceCollection AddLandingPage(this IServiceCollection services) => services.AddSingleton<LandingPage>();

    /// <summary>Answers a request with the page.</summary>
    public static IResult LandingPage(this WebApplication app, HttpContext context) =>
        app.Services.GetRequiredService<LandingPage>().Respond(context);
}
