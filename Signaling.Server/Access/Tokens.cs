using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Signaling.Server.Access;

/// <summary>Whether tokens are asked for, and what one of them is worth.</summary>
internal sealed class Tokens(BearerSettings settings, IOptions<AccessOptions> access, IConfiguration configuration, TimeProvider time)
{
    private const int MaxBytes = 8 * 1024;
    private const string Standard = $"Authentication:Schemes:{JwtBearerDefaults.AuthenticationScheme}";

    // An issuer's clock may be ahead of ours; that a token runs out a little early or late does no harm either way.
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaxBytes };

    private readonly Lazy<JwtBearerOptions> _options = new(() => settings.Options);

    /// <summary>There is a key, or somebody who has one.</summary>
    public bool AreNeeded { get; } =
        access.Value.Key.Length > 0
        || access.Value.Authority.Length > 0
        || configuration.GetSection($"{Standard}:SigningKeys").Exists()
        || !string.IsNullOrEmpty(configuration[$"{Standard}:Authority"]);

    /// <summary>What a token grants, or why it does not.</summary>
    public async ValueTask<(Grant? Grant, Denial? Denial)> CheckAsync(string token)
    {
        var options = _options.Value;
        var check = options.TokenValidationParameters.Clone();
        check.LifetimeValidator = IsOfNow;
        if (options.ConfigurationManager is { } authority)
        {
            try
            {
                await authority.GetConfigurationAsync(CancellationToken.None);
            }
            catch (Exception unreachable) when (unreachable is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
            {
                return (null, Denial.Unverifiable);
            }
            check.ConfigurationManager = authority as BaseConfigurationManager;
        }
        var result = await Handler.ValidateTokenAsync(token, check);
        return result is { IsValid: true, SecurityToken: JsonWebToken good }
            ? Claims.Read(good.EncodedPayload, new DateTimeOffset(good.ValidTo, TimeSpan.Zero))
            : (null, Name(result.Exception));
    }

    private static Denial Name(Exception problem) => problem switch
    {
        SecurityTokenExpiredException => Denial.Expired,
        SecurityTokenNotYetValidException => Denial.Early,
        SecurityTokenNoExpirationException => Denial.Endless,
        SecurityTokenInvalidAudienceException => Denial.Audience,
        SecurityTokenInvalidIssuerException => Denial.Issuer,
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException or SecurityTokenInvalidSigningKeyException => Denial.Signature,
        _ => Denial.Malformed,
    };

    private bool IsOfNow(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters check)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (until is null) throw new SecurityTokenNoExpirationException();
        if (until <= now) throw new SecurityTokenExpiredException();
        return from is null || from <= now + Leeway ? true : throw new SecurityTokenNotYetValidException();
    }
}
