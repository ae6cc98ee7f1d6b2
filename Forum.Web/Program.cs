var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "Forum");
app.Run();
