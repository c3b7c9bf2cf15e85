using System.Diagnostics;

namespace Signaling.Bench.Servers;

/// <summary>nginx, which ends TLS and passes on to a relay; one process, as the CPU that it gets is one.</summary>
internal static class Nginx
{
    public static string? OnPath => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);

    public static Contender InFrontOf(Contender relay, string program, Certificate certificate, string folder) => new("nginx", Abilities.Tls, (port, behind) =>
    {
        var settings = Path.Combine(Directory.CreateDirectory(folder).FullName, "nginx.conf");
        File.WriteAllText(settings, $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log stderr crit;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              server {
                listen 127.0.0.1:{{port}} ssl;
                ssl_certificate {{certificate.Path}};
                ssl_certificate_key {{certificate.KeyPath}};
                location / {
                  proxy_pass http://127.0.0.1:{{behind}};
                  proxy_http_version 1.1;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection upgrade;
                  proxy_read_timeout 1h;
                }
              }
            }

            """);
        return new ProcessStartInfo(program, ["-p", folder, "-e", "stderr", "-c", settings]);
    })
    { Behind = relay };
}
