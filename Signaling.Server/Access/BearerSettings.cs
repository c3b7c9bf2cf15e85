using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Signaling.Server.Access;

/// <summary>
/// What <c>AddJwtBearer</c> makes of the settings: those of <c>Access</c>, and ASP.NET Core's own
/// (<c>Authentication:Schemes:Bearer</c>, where <c>dotnet user-jwts</c> writes). Made apart, without the handler that would
/// look at each request by itself: tokens come inside of connections too, and all have to pass the same check.
/// </summary>
internal sealed class BearerSettings : IDisposable
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(10);

    // Between two looks for new keys, which bad tokens can ask for as well as good ones.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services;

    public BearerSettings(IOptions<AccessOptions> access, IConfiguration configuration, IHostEnvironment environment)
    {
        var services = new ServiceCollection().AddSingleton(configuration).AddLogging();
        services.AddAuthentication().AddJwtBearer(bearer => Set(bearer, access.Value, environment));
        _services = services.BuildServiceProvider();
    }

    public JwtBearerOptions Options =>
        _services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme);

    public void Dispose() => _services.Dispose();

    // What the framework has read from its own section stays, as far as nothing is said here.
    private static void Set(JwtBearerOptions bearer, AccessOptions access, IHostEnvironment environment)
    {
        var check = bearer.TokenValidationParameters;
        bearer.RequireHttpsMetadata = !environment.IsDevelopment();
        bearer.BackchannelTimeout = MetadataTimeout;
        bearer.RefreshInterval = RefreshInterval;
        if (access.Authority.Length > 0) bearer.Authority = access.Authority;
        if (access.Key.Length > 0)
        {
            check.IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(access.Key));
            check.ValidAlgorithms = [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.HmacSha384, SecurityAlgorithms.HmacSha512];
            check.ValidateAudience = access.Audience.Length > 0;
            check.ValidateIssuer = access.Issuer.Length > 0;
        }
        if (access.Audience.Length > 0) check.ValidAudience = access.Audience;
        if (access.Issuer.Length > 0) check.ValidIssuer = access.Issuer;
    }
}
