using Signaling.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("Signaling.Relay");

var app = builder.Build();
app.MapDefaultEndpoints();
app.Run();
